"""YAML becomes checked content: everything a helpline says, and where its keys lead. No web, clock or carrier.

reading · source                                 a file becomes a tree of plain strings with their places
yaml_tree · yaml_traps · yaml_syntax             YAML's events, what YAML silently misreads, where its syntax is broken
model · menus · speech · rules · limits · fields  what files may hold, a class for each thing that staff write
words · schedule                                 the same for texts, and for hours
shapes · did_you_mean                            a tree becomes its class, or problems that say how to fix it
loader · checks/                                 a folder becomes a helpline, or one error with every mistake
schemas                                          the same for editors
pages · desk_order                               the pages every helpline has; desks in order, with their keys
hours · opening                                  when a desk is open; the sentence that says when it opens
clip_text · composing · slots                    the text of every clip in each language
glosses · unspoken · text_width                  what a text means; why it isn't spoken; its width on paper
"""
