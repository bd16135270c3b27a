"""Raw files of any kind → text: each reader in its module, run in a child process with limits.

Nothing is imported here, so that a parser is loaded in the child alone.
"""
