"""
Send events to the webhooks that subscribed to them, and results of extensions to their callbacks.
"""
