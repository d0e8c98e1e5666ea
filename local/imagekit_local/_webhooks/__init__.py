"""
Events on their way to the webhooks that subscribed to them, and the results of extensions to whoever asked for them.
"""
