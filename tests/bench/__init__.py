"""How fast the line is, and how it grows: `make bench` (docs/performance.md).

    __main__     runs all rows, prints the table, writes it into the document
    row · page   one row of the table; the table in the document
    webhooks     requests as Twilio sends them, into an app in this process
    floor        the floor: the least that a Flask app can do as it is documented
    cpu · growth the cost of a webhook; what becomes of it when the content grows
    growing      a helpline of any size, as YAML
    serving      servers in processes of their own, and wrk
    load · start throughput, latency; start-up and memory
    crowd        1,000 calls at once
    audio        what sounds cost

`servers.py` stands for itself: how web servers were compared (docs/server.md).
"""
