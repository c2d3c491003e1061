"""The network of actors: tables → graph → drawing."""
