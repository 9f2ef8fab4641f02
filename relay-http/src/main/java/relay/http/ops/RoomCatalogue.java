package relay.http.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import relay.core.directory.RoomDirectory;
import relay.core.directory.RoomHistory;
import relay.core.room.Dialect;
import relay.core.room.RoomKey;
import relay.core.room.entity.EdgeCommand.SocketDescription;
import relay.core.room.entity.RoomDescription;

/** Puts together what the journal, the rooms and the edges know; wakes no room for a list. */
public final class RoomCatalogue {
  private static final Comparator<RoomKey> ORDER =
      Comparator.comparing(RoomKey::dialect).thenComparing(RoomKey::id);

  private final RoomDirectory directory;
  private final RoomHistory history;
  private final RoomQuestions rooms;
  private final SocketSurvey survey;

  public RoomCatalogue(
      RoomDirectory directory, RoomHistory history, RoomQuestions rooms, SocketSurvey survey) {
    this.directory = directory;
    this.history = history;
    this.rooms = rooms;
    this.survey = survey;
  }

  /** Every room the cluster keeps, of one dialect or of all. */
  CompletionStage<RoomViews.Page> page(Optional<Dialect> only, PageRequest request) {
    Optional<RoomKey> after = request.room();
    List<Dialect> dialects =
        Arrays.stream(Dialect.values())
            .filter(it -> only.isEmpty() || only.orElseThrow() == it)
            .dropWhile(it -> after.isPresent() && after.orElseThrow().dialect() != it)
            .toList();
    if (dialects.isEmpty()) {
      return CompletableFuture.failedFuture(new OpsFailure(OpsError.BAD_REQUEST));
    }
    return keys(dialects, after.map(RoomKey::id).orElse(null), request.limit(), new ArrayList<>())
        .thenCompose(
            keys -> survey.socketsOf(keys).thenApply(found -> page(keys, request.limit(), found)));
  }

  /** The rooms that have sockets on one node. */
  CompletionStage<RoomViews.Page> pageOn(String node, Optional<Dialect> only, PageRequest request) {
    Optional<RoomKey> after = request.room();
    return survey
        .socketsOn(node)
        .thenApply(
            found ->
                page(
                    found.sockets().stream()
                        .map(SocketDescription::room)
                        .distinct()
                        .filter(room -> only.isEmpty() || only.orElseThrow() == room.dialect())
                        .filter(it -> after.isEmpty() || ORDER.compare(it, after.orElseThrow()) > 0)
                        .sorted(ORDER)
                        .limit(request.limit())
                        .toList(),
                    request.limit(),
                    List.of(found)));
  }

  CompletionStage<RoomViews.Room> describe(RoomKey room) {
    return rooms
        .describe(room)
        .thenCombine(
            survey.socketsOf(List.of(room)),
            (known, found) -> {
              if (isUnknown(known)) {
                throw new OpsFailure(OpsError.UNKNOWN_ROOM);
              }
              return RoomRendering.room(room, known, found);
            });
  }

  CompletionStage<RoomViews.History> history(RoomKey room, PageRequest request) {
    return stored(history.page(room, request.sequence(), request.limit()))
        .thenApply(
            entries -> {
              if (entries.isEmpty() && request.after() == null) {
                throw new OpsFailure(OpsError.UNKNOWN_ROOM);
              }
              return new RoomViews.History(
                  entries.stream().map(EventRendering::event).toList(),
                  entries.size() < request.limit()
                      ? null
                      : PageRequest.after(entries.getLast().sequence()));
            });
  }

  CompletionStage<Boolean> forget(RoomKey room) {
    return rooms.forget(room).thenApply(answer -> answer.existed());
  }

  private CompletionStage<List<RoomKey>> keys(
      List<Dialect> dialects, @Nullable String after, int limit, List<RoomKey> found) {
    if (dialects.isEmpty() || found.size() == limit) {
      return CompletableFuture.completedFuture(found);
    }
    return stored(directory.page(dialects.getFirst(), after, limit - found.size()))
        .thenCompose(
            keys -> {
              found.addAll(keys);
              return keys(dialects.subList(1, dialects.size()), null, limit, found);
            });
  }

  private static RoomViews.Page page(
      List<RoomKey> keys, int limit, List<SocketSurvey.Report> found) {
    var sockets = RoomRendering.byRoom(found);
    return new RoomViews.Page(
        keys.stream()
            .map(key -> RoomRendering.row(key, sockets.getOrDefault(key, List.of())))
            .toList(),
        keys.size() < limit ? null : PageRequest.after(keys.getLast()));
  }

  private static boolean isUnknown(RoomDescription known) {
    return known.epoch() == 0 && known.agent() == null && known.phones().isEmpty();
  }

  private static <T> CompletionStage<T> stored(CompletionStage<T> read) {
    return read.exceptionallyCompose(
        _ -> CompletableFuture.failedFuture(new OpsFailure(OpsError.STORAGE_UNAVAILABLE)));
  }
}
