package relay.persistence.journal;

import java.io.NotSerializableException;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** Hands Pekko the {@link StoredForm} of events and snapshots; no class name reaches a row. */
public final class RelayEventSerializer extends SerializerWithStringManifest {

  @Override
  public int identifier() {
    return StoredForm.SERIALIZER_ID;
  }

  @Override
  public String manifest(Object stored) {
    return StoredForm.manifest(stored);
  }

  @Override
  public byte[] toBinary(Object stored) {
    return StoredForm.write(stored);
  }

  @Override
  public Object fromBinary(byte[] payload, String manifest) throws NotSerializableException {
    return StoredForm.read(manifest, payload);
  }
}
