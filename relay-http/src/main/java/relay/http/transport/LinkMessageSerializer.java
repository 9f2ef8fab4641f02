package relay.http.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import org.apache.pekko.serialization.ByteBufferSerializer;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import relay.core.wire.LinkMessage;
import relay.core.wire.LinkMessage.FrameBatch;
import relay.core.wire.LinkMessage.FrameCredit;
import relay.core.wire.LinkMessage.LinkBroken;
import relay.core.wire.LinkMessage.TargetCongested;

/**
 * The bytes of link messages between nodes. A buffer that is too short is an error: a truncated
 * batch must never look whole.
 */
public final class LinkMessageSerializer extends SerializerWithStringManifest
    implements ByteBufferSerializer {
  private static final int IDENTIFIER = 7_310_001;
  private static final String BATCH = "frames/1";
  private static final String CREDIT = "credit/1";
  private static final String CONGESTED = "congested/1";
  private static final String BROKEN = "broken/1";
  private static final int PREFIX_BYTES = 2 + 4 + 4;

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return switch ((LinkMessage) message) {
      case FrameBatch _ -> BATCH;
      case FrameCredit _ -> CREDIT;
      case TargetCongested _ -> CONGESTED;
      case LinkBroken _ -> BROKEN;
    };
  }

  @Override
  public byte[] toBinary(Object message) {
    LinkMessage link = (LinkMessage) message;
    int bodyBytes =
        switch (link) {
          case FrameBatch batch -> 8 + 1 + 4 + batch.records().length;
          case FrameCredit _ -> 8;
          case TargetCongested _ -> 8 + 1;
          case LinkBroken _ -> 0;
        };
    byte[] edge = link.fromEdge().getBytes(UTF_8);
    ByteBuffer out = ByteBuffer.allocate(PREFIX_BYTES + edge.length + bodyBytes);
    put(link, edge, out);
    return out.array();
  }

  @Override
  public void toBinary(Object message, ByteBuffer out) {
    LinkMessage link = (LinkMessage) message;
    put(link, link.fromEdge().getBytes(UTF_8), out);
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    return fromBinary(ByteBuffer.wrap(bytes), manifest);
  }

  @Override
  public Object fromBinary(ByteBuffer in, String manifest) throws NotSerializableException {
    byte[] edge = new byte[Short.toUnsignedInt(in.getShort())];
    in.get(edge);
    String fromEdge = new String(edge, UTF_8);
    int lane = in.getInt();
    int generation = in.getInt();
    return switch (manifest) {
      case BATCH -> {
        long sequence = in.getLong();
        boolean wantsCredit = in.get() != 0;
        byte[] records = new byte[in.getInt()];
        in.get(records);
        yield new FrameBatch(fromEdge, lane, generation, sequence, wantsCredit, records);
      }
      case CREDIT -> new FrameCredit(fromEdge, lane, generation, in.getLong());
      case CONGESTED ->
          new TargetCongested(fromEdge, lane, generation, in.getLong(), in.get() != 0);
      case BROKEN -> new LinkBroken(fromEdge, lane, generation);
      default -> throw new NotSerializableException(manifest + " is not a link message");
    };
  }

  private static void put(LinkMessage link, byte[] edge, ByteBuffer out) {
    out.putShort((short) edge.length).put(edge).putInt(link.lane()).putInt(link.generation());
    switch (link) {
      case FrameBatch batch ->
          out.putLong(batch.sequence())
              .put(flag(batch.wantsCredit()))
              .putInt(batch.records().length)
              .put(batch.records());
      case FrameCredit credit -> out.putLong(credit.consumed());
      case TargetCongested target -> out.putLong(target.socket()).put(flag(target.isCongested()));
      case LinkBroken _ -> {}
    }
  }

  private static byte flag(boolean isSet) {
    return (byte) (isSet ? 1 : 0);
  }
}
