"""
Account-wide resources: origins, URL endpoints, webhooks, named transformations and usage.
"""
