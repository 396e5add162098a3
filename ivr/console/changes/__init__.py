"""What staff change of the content: suggesting, correcting, publishing, going back.

publishing     saving and publishing, for all pages that change content
view           /console/changes and all below it
changes_page   what waits, what was set aside, the history, and going back
waiting        what waits, in groups that one person made
edition_page   how far an edition is, from its check until every worker serves it
correct_page   correcting the sentences of a prompt; `correction` reads its form
described      a change in words, its values by `value_words`; `findings` what a check found
"""
