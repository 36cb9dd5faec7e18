"""A token by plain HTTP, as the documentation of the platform describes it. Only the standard library."""
import json, os, sys, urllib.parse, urllib.request

resource = sys.argv[1]
if "IDENTITY_ENDPOINT" in os.environ:
    url, version = os.environ["IDENTITY_ENDPOINT"], "2019-08-01"
    headers = {"X-IDENTITY-HEADER": os.environ["IDENTITY_HEADER"]}
else:
    url, version = os.environ["MSI_ENDPOINT"], "2017-09-01"
    headers = {"secret": os.environ["MSI_SECRET"]}
query = urllib.parse.urlencode({"api-version": version, "resource": resource})
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
try:
    with opener.open(urllib.request.Request(f"{url}?{query}", headers=headers)) as reply:
        print(json.load(reply)["access_token"])
except urllib.error.HTTPError as error:
    print(error.code, error.read().decode())
