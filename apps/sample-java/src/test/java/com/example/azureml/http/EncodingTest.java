package com.example.azureml.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.example.azureml.ConfigurationException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingTest {
  @Test
  void encodesEveryCharacterThatAFormGivesAMeaning() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("resource", "https://management.azure.com/");
    fields.put("client_secret", "a+b&c=d%20 ~é");
    assertEquals(
        "resource=https%3A%2F%2Fmanagement.azure.com%2F&client_secret=a%2Bb%26c%3Dd%2520+%7E%C3%A9",
        FormBody.of(fields));
  }

  @ParameterizedTest
  @CsvSource({"rg-ml, rg-ml", "my group, my%20group", "a/../b?c#d, a%2F..%2Fb%3Fc%23d", "(r_g.1), %28r_g.1%29"})
  void keepsANameInOneSegment(String name, String segment) {
    assertEquals(segment, PathSegment.encode(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".."})
  void refusesSegmentsThatLeadElsewhere(String name) {
    assertThrows(ConfigurationException.class, () -> PathSegment.encode(name));
  }

  @Test
  void keepsTextsOfServicesOnOneLine() {
    assertEquals("first second", OneLine.of("first\r\n\u001bsecond\n"));
    assertEquals(1001, OneLine.of("x".repeat(5000)).length());
  }
}
