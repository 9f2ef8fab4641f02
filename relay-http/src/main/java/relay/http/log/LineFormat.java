package relay.http.log;

import java.util.List;

/** How the fields of one entry become one line, without its end. */
interface LineFormat {
  void append(StringBuilder line, List<LogField> fields);
}
