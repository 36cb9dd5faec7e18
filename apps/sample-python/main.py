"""Prints an Azure Machine Learning workspace. All settings come from the environment: see README.md."""

import os
import sys

from azureml_http import AzureError, workspace
from tokens import CachingTokens, by_client_secret, by_managed_identity


def main():
    """The exit code: 0 where the workspace was printed."""
    ask = by_managed_identity if "IDENTITY_ENDPOINT" in os.environ else by_client_secret
    try:
        found = workspace(CachingTokens(ask).get())
    except AzureError as failure:
        print(f"Error: {failure}", file=sys.stderr)
        return 1
    except KeyError as missing:
        print(f"Error: the variable {missing.args[0]} is not set.", file=sys.stderr)
        return 1
    print(f"workspace  {found.get('name')}")
    print(f"location   {found.get('location')}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
