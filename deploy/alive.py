"""Exit 0 when the web process in this container answers; asked as nginx would ask."""

import os
import urllib.request

request = urllib.request.Request(
    "http://127.0.0.1:8000/healthz",
    headers={"Host": os.environ["ALLOWED_HOSTS"].split(",")[0], "X-Forwarded-Proto": "https"},
)
urllib.request.urlopen(request, timeout=4)  # noqa: S310 - a fixed address
