"""Passwords of people: kept as Argon2id hashes, which are slow to guess even for whoever has the database."""

from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ivr.database.tables import HASHED

# What OWASP asks for at least, so that several at once fit into a small machine beside the calls.
TIMES, KIB = 2, 19 * 1024
HASHER = PasswordHasher(time_cost=TIMES, memory_cost=KIB, parallelism=1)
NOBODYS = f"{HASHED}v=19$m={KIB},t={TIMES},p=1${'A' * 22}${'A' * 43}"  # takes as long as somebody's


def hash_of(password: str) -> str:
    return HASHER.hash(_typed(password))


def is_right(password: str, hashed: str) -> bool:
    """Takes as long where there is no hash, so that nobody learns from it which names there are."""
    try:
        return HASHER.verify(hashed or NOBODYS, _typed(password)) and bool(hashed)
    except (VerificationError, InvalidHashError):
        return False


def _typed(password: str) -> str:
    """The same whichever keyboard it was typed on."""
    return normalize("NFKC", password)
