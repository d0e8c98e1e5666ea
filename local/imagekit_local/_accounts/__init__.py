"""
What belongs to the account as a whole: origins, URL endpoints, webhooks, named transformations, usage.
"""
