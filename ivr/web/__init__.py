"""What all pages in a browser share; the pages themselves are in webphone, cards and console.

root           `/` and addresses that don't exist, as strangers see them
files          shared templates and static files; a page's own static files
compress       pages sent by gzip, to browsers that take it
bulkhead       how many pages may be asked for at once, so that calls never wait for them
fonts          letters for many scripts, served by the line itself
guard          what a browser may load, and who may send JSON
page_context   what pages are given: the helpline as it is served, settings, database, clips, findings
words          what the pages say, in English and Japanese, from the catalogues in translations/
dates          days and moments as staff read and type them
language_names languages by name: in the page's language, and their own
meanings       what a clip says, in the page's language
place_titles   what pages call the places of a call
"""
