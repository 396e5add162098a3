"""How fast the line is, and how it grows: `make bench` (docs/performance.md).

__main__     runs all rows, prints the table, writes it into the document
row · page   one row of the table; the table in the document
webhooks     requests as Twilio sends them, into an app in this process
floor        the floor: the least that a Flask app can do as it is documented
cpu · growth the cost of a webhook; what becomes of it when the content grows
growing      a helpline of any size, as YAML
running      a server in a process of its own
serving      which servers are compared; wrk, which loads them
load · start throughput, latency and memory; start-up
crowd        1,000 calls at once
audio        what sounds cost
"""
