"""Run it with `python3 -m unittest`, while `npx angelcam-sandbox --no-quota` runs beside it."""

import json
import os
import unittest
import urllib.error
import urllib.parse
import urllib.request

ORIGIN = os.environ.get("ANGELCAM_ORIGIN", "http://127.0.0.1:4020")
SIGN_IN = {
    "grant_type": "password",
    "client_id": "DBaJcGbAT2Tbvbrz0fLh1uRmYURprJAQPxwFsgoo",
    "username": "user@example.com",
    "password": os.environ.get("ANGELCAM_PASSWORD", "sandbox-password-1"),
}


def sign_in():
    body = urllib.parse.urlencode(SIGN_IN).encode()
    with urllib.request.urlopen(f"{ORIGIN}/oauth/token/", body) as response:
        return json.load(response)["access_token"]


def get(path, token):
    request = urllib.request.Request(ORIGIN + path, headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request) as response:
        return json.load(response)


def pages_from(path, token):
    """Every page from this one on. The last one is the page whose `next` is null."""
    while path:
        page = get(path, token)
        yield page
        path = page["next"] and page["next"].removeprefix(ORIGIN)


class Cameras(unittest.TestCase):
    def test_every_camera_is_on_some_page(self):
        token = sign_in()
        pages = list(pages_from("/v1/cameras/?limit=100", token))
        ids = {camera["id"] for page in pages for camera in page["results"]}
        self.assertEqual(len(ids), pages[0]["count"])

    def test_a_wrong_token_is_401(self):
        with self.assertRaises(urllib.error.HTTPError) as rejected:
            get("/v1/me/", "wrong")
        self.assertEqual(rejected.exception.code, 401)
        rejected.exception.close()


if __name__ == "__main__":
    unittest.main()
