"""Cards to be printed and handed out, so that a caller reaches a language with one tap.

view      /cards: the cards in a browser, open to everybody
sheet     sheets of A4, rendered for that page and as one file that needs nothing else
cards     what a card says: the line's number, the language's code, and both in one QR code
numbers   the line's number as people dial it at home and from abroad
fitting   how many lines a card's words take
"""
