"""The write path of policyqa: files → documents → passages → catalog → index."""
