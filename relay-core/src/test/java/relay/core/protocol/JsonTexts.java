package relay.core.protocol;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** JSON, near-JSON, and what Jackson says of it. */
public final class JsonTexts {
  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\"a\"",
    "\\",
    "\\u",
    "\\ud83d",
    "0",
    "1",
    "-",
    "+",
    ".",
    "e",
    "E",
    "true",
    "false",
    "null",
    "nul",
    " ",
    "\n",
    "\u0001",
    "é",
    "\uD83D\uDE00",
    "x",
    "{}",
    "[]",
    "\"\"",
    "12.5e-3",
    "\"k\":",
    "abcdefgh"
  };

  private JsonTexts() {}

  /** Always JSON, of any kind, white space included. */
  public static Arbitrary<String> valid() {
    return value(3);
  }

  /** Pieces of JSON in any order, which is JSON now and then. */
  public static Arbitrary<String> pieces() {
    return Arbitraries.of(PIECES).list().ofMaxSize(12).map(it -> String.join("", it));
  }

  public static Arbitrary<String> strings() {
    Arbitrary<String> characters =
        Arbitraries.oneOf(
            Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(20).map(JsonTexts::escaped),
            Arbitraries.of("é", "\u2028", "\uD83D\uDE00", "\\u00e9", "\\ud83d\\ude00", "\\ud83d"),
            Arbitraries.of("\\n", "\\\"", "\\\\", "\\/", "\\t", "<>&", "\u007F"));
    return characters.list().ofMaxSize(4).map(it -> '"' + String.join("", it) + '"');
  }

  private static Arbitrary<String> value(int depth) {
    Arbitrary<String> simple =
        Arbitraries.oneOf(
            strings(),
            Arbitraries.bigDecimals().map(Object::toString),
            Arbitraries.integers().map(Object::toString),
            Arbitraries.of("true", "false", "null", "0", "-0", "1e9", "-0.5E-2"));
    if (depth == 0) {
      return spaced(simple);
    }
    Arbitrary<String> inner = value(depth - 1);
    Arbitrary<String> member =
        Combinators.combine(spaced(strings()), inner).as((key, it) -> key + ":" + it);
    return spaced(
        Arbitraries.oneOf(
            simple,
            joined(inner).map(it -> "[" + it + "]"),
            joined(member).map(it -> "{" + it + "}")));
  }

  private static Arbitrary<String> joined(Arbitrary<String> parts) {
    return parts.list().ofMaxSize(3).map((List<String> it) -> String.join(",", it));
  }

  private static Arbitrary<String> spaced(Arbitrary<String> text) {
    Arbitrary<String> space = Arbitraries.of("", "", "", " ", "\n", "\t\r ");
    return Combinators.combine(space, text, space).as((before, it, behind) -> before + it + behind);
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
