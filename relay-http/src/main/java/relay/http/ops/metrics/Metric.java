package relay.http.ops.metrics;

import java.util.List;

/** Every metric family of ours: its name and labels are what dashboards are built on. */
enum Metric {
  CONNECTED_BINARIES(
      "pyrycode_relay_connected_binaries", "Binaries of this node that hold their server-id."),
  CONNECTED_PHONES("pyrycode_relay_connected_phones", "Phones of this node that hold a slot."),
  FRAMES_FORWARDED(
      "pyrycode_relay_frames_forwarded_total", "Frames handed to the network.", "direction"),
  GRACE_EXPIRIES(
      "pyrycode_relay_grace_expiries_total", "Server-ids whose binary did not come back in time."),
  UPGRADE_ATTEMPTS(
      "pyrycode_relay_ws_upgrade_attempts_total",
      "Upgrade attempts by how they ended.",
      "endpoint",
      "outcome"),
  REGISTER_FAILURES("pyrycode_relay_register_failures_total", "Sockets that got no slot.", "kind"),
  PUSH_WAKES("pyrycode_relay_push_wakes_total", "Valid wakes by how they ended.", "outcome"),

  TERMONMAC_UPGRADES(
      "relay_termonmac_upgrades_total", "Upgrade attempts of /ws by how they ended.", "outcome"),
  TERMONMAC_ERRORS("relay_termonmac_errors_total", "Error messages said to clients.", "code"),
  TERMONMAC_QUOTA_EXCEEDED(
      "relay_termonmac_quota_exceeded_total",
      "Sockets told that their account has no credits left.",
      "when"),
  TERMONMAC_FRAMES(
      "relay_termonmac_frames_forwarded_total", "Frames handed to the network.", "direction"),

  CONNECTIONS("relay_connections", "Open connections of the public listener."),
  CONNECTIONS_ACCEPTED("relay_connections_accepted_total", "Connections accepted."),
  CONNECTIONS_REFUSED(
      "relay_connections_refused_total",
      "Connections and requests the listener itself ended.",
      "reason"),
  SOCKETS("relay_sockets", "Sockets that hold a slot.", "dialect", "role"),
  SOCKETS_OPEN("relay_sockets_open", "Sockets, with or without a slot.", "dialect"),
  SOCKETS_CLOSED("relay_sockets_closed_total", "Sockets that ended, by why.", "dialect", "cause"),
  FRAMES("relay_frames_total", "Messages from peers and to them.", "dialect", "direction"),
  BYTES("relay_bytes_total", "Payload bytes from peers and to them.", "dialect", "direction"),
  FRAMES_DROPPED(
      "relay_frames_dropped_total", "Frames that reached no socket, by why.", "dialect", "reason"),
  FRAMES_STRAYED("relay_frames_strayed_total", "Frames from elsewhere for sockets that were gone."),
  LINKS_BROKEN("relay_links_broken_total", "Links to other nodes that lost a batch."),
  PAUSES("relay_pauses_total", "Times a socket's reads waited for a slower one.", "dialect"),
  ROOMS_WOKEN("relay_rooms_woken_total", "Rooms rebuilt from their events.", "dialect"),
  ROOM_REFUSALS(
      "relay_room_refusals_total",
      "Sockets that their room let have no slot.",
      "dialect",
      "reason"),
  JOURNAL_WRITE(
      "relay_journal_write_seconds", "How long a room's events took to be written.", "dialect"),
  EDGES_SILENT(
      "relay_edges_silent_total",
      "Edges that did not tell a recovered room which of its sockets live.",
      "dialect"),
  ACCOUNTS_WOKEN("relay_accounts_woken_total", "Accounts rebuilt from their events."),
  ACCOUNTS_ERASED("relay_accounts_erased_total", "Deleted accounts erased with all they had."),
  TOKENS_REUSED(
      "relay_refresh_tokens_reused_total",
      "Refresh tokens shown again long after they were exchanged."),
  SIGNINS_STARTED(
      "relay_signins_started_total", "Browsers sent to a provider to sign in.", "provider"),
  SIGNINS_SUCCEEDED(
      "relay_signins_succeeded_total",
      "People that a provider identified and who may go on.",
      "provider"),
  SIGNINS_FAILED(
      "relay_signins_failed_total", "Steps of a sign-in that failed.", "provider", "reason"),
  STORE_TOLD(
      "relay_store_told_total",
      "What the App Store and buyers told of purchases, by what became of it.",
      "type",
      "outcome"),
  PROBE("relay_probe_seconds", "How long what a node needs took to answer /ready.", "probe"),
  DRAINING("relay_draining", "1 once this node is going out of service.");

  private final String family;
  private final String help;
  private final String labels;

  Metric(String family, String help, String... labels) {
    this.family = family;
    this.help = help;
    this.labels = String.join(" ", labels);
  }

  String family() {
    return family;
  }

  String help() {
    return help;
  }

  List<String> labels() {
    return labels.isEmpty() ? List.of() : List.of(labels.split(" ", -1));
  }
}
