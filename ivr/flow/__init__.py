"""The call, without web, carrier, settings or clock.

reading · tree · traps · syntax · source        a file becomes plain words with their places
model · words · schedule · fields · shapes      what files hold, and what is told of values that don't fit
loader · checks/                                YAML becomes a helpline, or one error with every mistake
schemas                                         the same for editors
lines · slots · wording · opening               what can be spoken in each language
hours · routing                                 which desks are open, and which match a caller
steps                                           places in a call, events, and the steps that follow
engine                                          event + place + situation -> steps, by kind of page:
languages · menus · people · transfers          the list, menus and answers, desks, the way to a desk
speech · endings                                what is said to one caller; how calls end
"""
