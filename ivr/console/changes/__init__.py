"""What staff change of the content: saving, publishing, going back.

publishing · view        saving and publishing, for all pages; `/console/changes`
"""
