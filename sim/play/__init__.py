"""Time passing over one world under one policy: stock, journeys, service, books."""
