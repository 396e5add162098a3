"""Who speaks: one file for each engine, each behind the protocol in `engine`. Used by the build, never in a call.

A new engine is a file here, a row in `named`, and its languages in `allowed`.
"""
