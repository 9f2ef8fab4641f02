package relay.core.protocol.pyrycode;

import java.nio.ByteBuffer;
import relay.core.protocol.JsonMembers;
import relay.core.protocol.JsonString;

/** What a binary's wish to wake a phone says (pyrycode 7.1). */
public sealed interface PushWake {

  /** Wakes the device that Firebase Cloud Messaging knows by this token, which is a secret. */
  record Fcm(String token) implements PushWake {
    @Override
    public String toString() {
      return "Fcm[token=…]";
    }
  }

  /** Why a wish cannot be granted. */
  enum Invalid implements PushWake {
    MALFORMED,
    UNSUPPORTED_PLATFORM,
    EMPTY_TOKEN
  }

  /** Reads the JSON value between position and limit; nothing is consumed. */
  static PushWake parse(ByteBuffer json) {
    String platform = "";
    String token = "";
    JsonMembers members = new JsonMembers();
    members.begin(json);
    JsonMembers.Step step = members.next();
    for (; step == JsonMembers.Step.MEMBER; step = members.next()) {
      boolean isPlatform = members.keyIsInAnyCase("platform");
      if (members.isNull() || !(isPlatform || members.keyIsInAnyCase("token"))) {
        continue;
      }
      if (!members.isString()) {
        return Invalid.MALFORMED;
      }
      String value = JsonString.decode(json, members.valueStart() + 1, members.valueEnd() - 1);
      platform = isPlatform ? value : platform;
      token = isPlatform ? token : value;
    }
    return step == JsonMembers.Step.END ? of(platform, token) : Invalid.MALFORMED;
  }

  private static PushWake of(String platform, String token) {
    if (!platform.equals("fcm")) {
      return Invalid.UNSUPPORTED_PLATFORM;
    }
    return token.isEmpty() ? Invalid.EMPTY_TOKEN : new Fcm(token);
  }
}
