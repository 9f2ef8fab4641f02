package relay.http.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.typesafe.config.Config;
import java.time.Instant;

/** The rules of the whole system; those of core alone stand beside core. */
@AnalyzeClasses(packages = "relay", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule CORE_KNOWS_NO_SIBLING =
      noClasses()
          .that()
          .resideInAPackage("relay.core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("relay.http..", "relay.persistence..");

  @ArchTest
  static final ArchRule ONLY_APP_SEES_PERSISTENCE =
      noClasses()
          .that()
          .resideInAPackage("relay.http..")
          .and()
          .resideOutsideOfPackage("relay.http.app..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("relay.persistence..");

  @ArchTest
  static final ArchRule PERSISTENCE_KNOWS_NO_EDGE =
      noClasses()
          .that()
          .resideInAPackage("relay.persistence..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("relay.http..", "org.apache.pekko.http..", "io.netty..");

  @ArchTest
  static final ArchRule ONLY_TRANSPORT_NAMES_NETTY =
      noClasses()
          .that()
          .resideOutsideOfPackage("relay.http.transport..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..");

  @ArchTest
  static final ArchRule NOTHING_NAMES_A_PEKKO_INTERNAL =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.pekko..impl..", "org.apache.pekko..internal..");

  @ArchTest
  static final ArchRule ONLY_PERSISTENCE_TOUCHES_SQL =
      noClasses()
          .that()
          .resideOutsideOfPackage("relay.persistence..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "org.apache.pekko.persistence.jdbc..");

  @ArchTest
  static final ArchRule SOCKETS_AND_FRAMES_KNOW_NO_ACTOR =
      noClasses()
          .that()
          .resideInAnyPackage("relay.http.frame..", "relay.http.socket..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.pekko.actor..", "org.apache.pekko.cluster..", "java.sql..");

  @ArchTest
  static final ArchRule FRAMES_KNOW_NOTHING_OF_OURS =
      noClasses()
          .that()
          .resideInAPackage("relay.http.frame..")
          .should()
          .dependOnClassesThat(
              com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage("relay..")
                  .and(
                      com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage(
                          "relay.http.frame.."))
                  .as("are ours and outside frame"));

  @ArchTest
  static final ArchRule TIME_IS_PASSED_IN =
      noClasses()
          .that()
          .resideOutsideOfPackage("relay.http.app..")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static final ArchRule ONLY_SETTINGS_AND_WIRING_TOUCH_CONFIG =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "relay.core.settings..", "relay.http.app..", "relay.persistence..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Config.class);

  @ArchTest
  static final ArchRule NO_CYCLES = slices().matching("relay.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
      noClasses().should().haveNameMatching(".*(Manager|Helper|Util|Utils|Impl)");

  @ArchTest
  static final ArchRule NO_PUBLIC_MUTABLE_FIELD = fields().that().arePublic().should().beFinal();

  @ArchTest
  static final ArchRule NOBODY_USES_JAVA_UTIL_LOGGING =
      noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

  @ArchTest
  static final ArchRule ONLY_COMMANDS_PRINT =
      noClasses()
          .that()
          .resideOutsideOfPackage("relay.http.app..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule RULES_ARE_VALUES =
      classes()
          .that()
          .resideInAPackage("relay.core.room")
          .and()
          .areNotInterfaces()
          .and()
          .areNotNestedClasses()
          .should()
          .beRecords()
          .orShould()
          .beEnums();
}
