package com.example.azureml.workspace;

import static com.example.azureml.support.Replies.reply;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.azureml.http.HttpReply;
import com.example.azureml.settings.WorkspaceId;
import com.example.azureml.workspace.ResourceManagerException.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceReplyTest {
  private static final WorkspaceId ID = new WorkspaceId("11111111-2222-3333-4444-555555555555", "my group", "ws");
  private static final WorkspaceReply READER = new WorkspaceReply(ID, WorkspaceClient.pathOf(ID));

  @Test
  void encodesNamesInThePath() {
    assertEquals(
        "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/my%20group"
            + "/providers/Microsoft.MachineLearningServices/workspaces/ws",
        WorkspaceClient.pathOf(ID));
  }

  @Test
  void readsAWorkspaceWithoutItsOptionalFields() {
    Workspace workspace = READER.read(reply(200, "{\"id\": \"/x\", \"name\": \"ws\", \"etag\": null}"));
    assertEquals(new Workspace("/x", "ws", null, null, null), workspace);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html></html>", "{}", "[]", "{\"id\": {}, \"name\": \"ws\"}"})
  void takesNothingElseForAWorkspace(String body) {
    assertEquals(Kind.INVALID_REPLY, failure(reply(200, body)).kind());
  }

  @ParameterizedTest
  @CsvSource({
    "400, REJECTED",
    "401, UNAUTHENTICATED",
    "403, FORBIDDEN",
    "404, NOT_FOUND",
    "409, REJECTED",
    "429, THROTTLED",
    "500, UNAVAILABLE",
    "503, UNAVAILABLE"
  })
  void tellsRefusalsApart(int status, Kind kind) {
    String body = "{\"error\": {\"code\": \"SomeCode\", \"message\": \"Some\\nmessage.\"}}";
    ResourceManagerException error = failure(reply(status, body, "x-ms-correlation-request-id", "c"));
    assertEquals(kind, error.kind());
    assertEquals(status, error.status());
    assertEquals(Optional.of("SomeCode"), error.code());
    assertEquals(Optional.of("c"), error.correlationId());
    assertTrue(error.getMessage().endsWith("SomeCode: Some message."), error.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"302, INVALID_REPLY", "404, INVALID_REPLY", "403, FORBIDDEN", "502, UNAVAILABLE"})
  void doesNotTakeAProxyForTheService(int status, Kind kind) {
    ResourceManagerException error = failure(reply(status, "<html>proxy</html>"));
    assertEquals(kind, error.kind());
    assertEquals(Optional.empty(), error.code());
  }

  @Test
  void saysWhichRoleToAssignWhere() {
    assertTrue(failure(reply(403, "")).remedy().endsWith(" --scope " + WorkspaceClient.pathOf(ID)));
  }

  @Test
  void saysHowLongToWait() {
    assertEquals("Wait 9 seconds, then try again.", failure(reply(429, "", "Retry-After", "9")).remedy());
  }

  private static ResourceManagerException failure(HttpReply reply) {
    return assertThrows(ResourceManagerException.class, () -> READER.read(reply));
  }
}
