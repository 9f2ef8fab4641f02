package relay.http.termonmac;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import relay.persistence.Storage;

/** Every value of every row of every table, as text; bytes one character each. */
final class DatabaseText {
  /** One value and where it was found. */
  record Value(String where, String text) {}

  private DatabaseText() {}

  static List<Value> of(Storage storage) throws SQLException, IOException {
    List<Value> values = new ArrayList<>();
    try (Connection connection =
        DriverManager.getConnection(storage.url(), storage.user(), storage.password())) {
      for (String table : tables(connection)) {
        read(connection, table, values);
      }
    }
    return values;
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet found =
        connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE", "BASE TABLE"})) {
      while (found.next()) {
        String schema = found.getString("TABLE_SCHEM");
        if (schema.toLowerCase(Locale.ROOT).equals("public")) {
          tables.add('"' + schema + "\".\"" + found.getString("TABLE_NAME") + '"');
        }
      }
    }
    return tables;
  }

  private static void read(Connection connection, String table, List<Value> values)
      throws SQLException, IOException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          String where = table + "." + rows.getMetaData().getColumnName(i);
          values.add(new Value(where, text(rows, i)));
        }
      }
    }
  }

  private static String text(ResultSet rows, int column) throws SQLException, IOException {
    return switch (rows.getMetaData().getColumnTypeName(column).toLowerCase(Locale.ROOT)) {
      case "bytea", "blob", "binary large object", "binary varying", "varbinary" -> {
        try (InputStream bytes = rows.getBinaryStream(column)) {
          yield bytes == null ? "" : new String(bytes.readAllBytes(), ISO_8859_1);
        }
      }
      default -> String.valueOf(rows.getString(column));
    };
  }
}
