"""A program of somebody else, with nothing but Python's own library: it signs in and reads all cameras, page by page."""

import json
import os
import sys
import urllib.parse
import urllib.request

base = os.environ["ANGELCAM_BASE_URL"]
limit_name = sys.argv[1] if len(sys.argv) > 1 else "limit"


def call(url, data=None, token=None):
    request = urllib.request.Request(url, data=data)
    if token:
        request.add_header("Authorization", "Bearer " + token)
    with urllib.request.urlopen(request) as response:
        return json.load(response)


form = {
    "grant_type": "password",
    "client_id": os.environ["ANGELCAM_CLIENT_ID"],
    "username": os.environ["ANGELCAM_USERNAME"],
    "password": os.environ["ANGELCAM_PASSWORD"],
}
token = call(base + "/oauth/token/", urllib.parse.urlencode(form).encode())["access_token"]
account = call(base + "/v1/me/", token=token)
count = 0
link = base + "/v1/cameras/?" + urllib.parse.urlencode({limit_name: 40})
while link:
    page = call(link, token=token)
    count += len(page["results"])
    link = page["next"]
print("python has seen", count, "cameras of", account["email"])
