package relay.http.log;

import java.util.List;

/** One JSON object of texts a line, for collectors. */
final class JsonFormat implements LineFormat {

  @Override
  public void append(StringBuilder line, List<LogField> fields) {
    line.append('{');
    for (int i = 0; i < fields.size(); i++) {
      if (i > 0) {
        line.append(',');
      }
      appendText(line, fields.get(i).name());
      line.append(':');
      appendText(line, fields.get(i).value());
    }
    line.append('}');
  }

  private static void appendText(StringBuilder line, String text) {
    line.append('"');
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit == '"' || unit == '\\') {
        line.append('\\').append(unit);
      } else if (TextFormat.isHarmless(unit)) {
        line.append(unit);
      } else {
        line.append("\\u").append(TextFormat.hex(unit, 4));
      }
    }
    line.append('"');
  }
}
