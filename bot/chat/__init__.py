"""The platform-neutral vocabulary between the core and the platforms; imports nothing else of ours."""
