/**
 * A program that gets a token from the identity endpoint of `aml-auth exec` (App Service, api-version 2019-08-01) and
 * prints no secret. A proxy of the environment is left out: the endpoint is on loopback.
 */
export const PYTHON_PROGRAM = `"""Run it with: aml-auth exec -- python3 token_example.py [resource]

With azure-identity, azure.identity.DefaultAzureCredential() does the same.
"""
import base64
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request


def get_token(resource):
    """An access token for a resource such as https://ml.azure.com."""
    query = urllib.parse.urlencode({"api-version": "2019-08-01", "resource": resource})
    request = urllib.request.Request(
        os.environ["IDENTITY_ENDPOINT"] + "?" + query,
        headers={"X-IDENTITY-HEADER": os.environ["IDENTITY_HEADER"]},
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request) as response:
            return json.load(response)["access_token"]
    except urllib.error.HTTPError as error:
        sys.exit("no token: %s %s" % (error.code, error.read().decode()))


def claims_of(token):
    """What is said in the token. Its signature is for the service to check."""
    payload = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


if __name__ == "__main__":
    if "IDENTITY_ENDPOINT" not in os.environ:
        sys.exit("run it with: aml-auth exec -- python3 " + sys.argv[0])
    claims = claims_of(get_token(sys.argv[1] if len(sys.argv) > 1 else "https://ml.azure.com"))
    print(json.dumps({name: claims.get(name) for name in ("aud", "tid", "oid", "exp")}))
`;
