"""
The one seam to httpx: authentication, retries, rate-limit headers, exception mapping, encoding and decoding.
"""
