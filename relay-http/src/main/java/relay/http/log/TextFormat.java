package relay.http.log;

import java.util.List;

/**
 * {@code name=value} pairs as the Go relay writes them (pyrycode 9). A value that could be taken
 * for more than one is quoted and escaped, so that hostile text never begins a line or a pair.
 */
final class TextFormat implements LineFormat {

  @Override
  public void append(StringBuilder line, List<LogField> fields) {
    for (LogField field : fields) {
      if (!line.isEmpty()) {
        line.append(' ');
      }
      line.append(field.name()).append('=');
      if (isPlain(field.value())) {
        line.append(field.value());
      } else {
        appendQuoted(line, field.value());
      }
    }
  }

  private static boolean isPlain(String value) {
    return !value.isEmpty()
        && value
            .codePoints()
            .allMatch(it -> it != ' ' && it != '=' && it != '"' && it != '\\' && isHarmless(it));
  }

  private static void appendQuoted(StringBuilder line, String value) {
    line.append('"');
    value.codePoints().forEach(codePoint -> appendEscaped(line, codePoint));
    line.append('"');
  }

  private static void appendEscaped(StringBuilder line, int codePoint) {
    switch (codePoint) {
      case '"' -> line.append("\\\"");
      case '\\' -> line.append("\\\\");
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        if (isHarmless(codePoint)) {
          line.appendCodePoint(codePoint);
        } else if (Character.isBmpCodePoint(codePoint)) {
          line.append("\\u").append(hex(codePoint, 4));
        } else {
          line.append("\\U").append(hex(codePoint, 8));
        }
      }
    }
  }

  /** Prints as itself: no control, no surrogate, nothing that hides or reorders its neighbours. */
  static boolean isHarmless(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> codePoint == ' ';
      default -> true;
    };
  }

  static String hex(int codePoint, int digits) {
    return String.format("%0" + digits + "x", codePoint);
  }
}
