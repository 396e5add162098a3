"""YAML becomes checked content: everything a helpline says, and where its keys lead. No web, clock or carrier.

reading · source                                 a file becomes a tree of plain strings with their places
yaml_tree · yaml_traps · yaml_syntax             YAML's events, what YAML silently misreads, where its syntax is broken
model · menus · speech · rules · limits · fields  what files may hold, a class for each thing that staff write
words · schedule                                 the same for texts, and for hours
written_hours · tried_hours                      hours as staff write them, and how what they tried is written
shapes · did_you_mean                            a tree becomes its class, or problems that say how to fix it
loader · checks/ · findings                      a folder becomes a helpline, or one error with every mistake
files · changes                                  files from outside; what staff changed, laid over these
schemas                                          the same for editors
pages · desk_order · desk_languages              the pages every helpline has; desks in order, with their keys
hours · opening                                  when a desk is open; the sentence that says when it opens
wall_clock · public_holidays                     the moments at which clocks show a time; the days that are holidays
clip_text · composing · slots                    the text of every clip in each language
unspoken · text_width                            why a text isn't spoken; its width on paper
deadlines · circles                              how long what staff confirmed is believed; cycles in graphs
"""
