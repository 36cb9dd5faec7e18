"""Tests of the sample. Those of the program itself need the emulator: run them by ci.sh."""

import os
import subprocess
import sys
import unittest

from azureml_http import AzureError, error_in, read_object
from tokens import CachingTokens, expiry_of

PRINTED = "workspace  ws1\nlocation   westeurope\n"


class Tokens(unittest.TestCase):
    def test_are_reused_until_shortly_before_they_expire(self):
        now = [1_000]
        asked = []

        def ask():
            asked.append(now[0])
            return {"access_token": f"t{len(asked)}", "expires_in": 3600}

        tokens = CachingTokens(ask, now=lambda: now[0])
        self.assertEqual([tokens.get(), tokens.get()], ["t1", "t1"])
        now[0] += 3_299
        self.assertEqual(tokens.get(), "t1")
        now[0] += 1
        self.assertEqual(tokens.get(), "t2")

    def test_expire_when_either_field_says(self):
        self.assertEqual(expiry_of({"access_token": "t", "expires_on": "5000"}, 1), 5000)
        self.assertEqual(expiry_of({"access_token": "t", "expires_in": "60"}, 1), 61)
        for reply in ({}, {"access_token": "t"}, {"access_token": 1, "expires_in": 1}, {"access_token": "t", "expires_in": "x"}):
            self.assertRaises(AzureError, expiry_of, reply, 1)


class Answers(unittest.TestCase):
    def test_name_the_error_of_either_service(self):
        self.assertEqual(error_in('{"error": {"code": "C", "message": "m"}}'), "C: m")
        self.assertEqual(error_in('{"error": "invalid_client", "error_description": "d"}'), "invalid_client: d")
        self.assertEqual(error_in("<html>"), "<html>")

    def test_are_objects_or_errors(self):
        self.assertEqual(read_object(200, '{"a": 1}'), {"a": 1})
        for text in ("", "[]", "<html>"):
            self.assertRaises(AzureError, read_object, 200, text)


@unittest.skipUnless(os.environ.get("SAMPLE_EMULATED"), "the emulator does not run")
class Program(unittest.TestCase):
    def run_main(self, **changed):
        env = {**os.environ, **changed}
        return subprocess.run([sys.executable, "main.py"], env=env, capture_output=True, text=True, check=False)

    def test_prints_the_workspace(self):
        self.assertEqual(self.run_main().stdout, PRINTED)

    def test_says_that_a_secret_is_wrong_and_does_not_print_it(self):
        run = self.run_main(AZURE_CLIENT_SECRET="wrong-canary")
        self.assertEqual(run.returncode, 1)
        self.assertIn("AADSTS7000215", run.stderr)
        self.assertNotIn("wrong-canary", run.stdout + run.stderr)

    def test_says_that_a_workspace_is_out_of_reach(self):
        run = self.run_main(AZUREML_ARM_WORKSPACE_NAME="other")
        self.assertEqual(run.returncode, 1)
        self.assertIn("AuthorizationFailed", run.stderr)


if __name__ == "__main__":
    unittest.main()
