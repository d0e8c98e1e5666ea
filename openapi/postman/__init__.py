"""
The Postman collection: converted from the document, made stable, chained and tested.
"""
