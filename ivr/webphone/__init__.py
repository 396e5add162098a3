"""The telephone in the browser: calls this line as a caller would, and shows what happens underneath.

view           /phone: the page, and the address to which it sends each action
own_line       the way from there into the line itself, without leaving the process
calls          a call goes on: its actions are repeated, and one more is done
call_state     the call as it travels with the page: when it began and its actions, signed
path           where a call may begin, and where it has been
turn_json      what happened since the last action, as JSON; each sentence with its language
demo_moments   interesting moments for a demo's clock, found in the desks' hours
"""
