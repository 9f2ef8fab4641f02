package relay.http.termonmac;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;

/** Values as answers must have them, type included. */
final class JsonNodes {
  static final JsonNode TRUE = BooleanNode.TRUE;
  static final JsonNode FALSE = BooleanNode.FALSE;

  private JsonNodes() {}
}
