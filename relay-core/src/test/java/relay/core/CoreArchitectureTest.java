package relay.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

/** The rules of core: values decide, actors carry out, and who may know whom. */
@AnalyzeClasses(packages = "relay.core", importOptions = ImportOption.DoNotIncludeTests.class)
class CoreArchitectureTest {

  @ArchTest
  static final ArchRule RULES_ARE_PURE =
      noClasses()
          .that()
          .resideOutsideOfPackages("..entity..", "relay.core.sharding..", "relay.core.wire..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.pekko..", "java.sql..", "java.net.http..")
          .because("values decide, actors carry out");

  @ArchTest
  static final ArchRule RULES_DO_NOT_WAIT =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "..entity..",
              "relay.core.sharding..",
              "relay.core.wire..",
              "relay.core.directory..",
              "relay.core.health..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.concurrent..");

  @ArchTest
  static final ArchRule CORE_KNOWS_NO_TRANSPORT_AND_NO_DATABASE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty..", "org.apache.pekko.http..", "java.sql..", "javax.sql..");

  @ArchTest
  static final ArchRule TIME_IS_PASSED_IN =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Clock.class, "systemUTC");

  @ArchTest
  static final ArchRule ONLY_SETTINGS_TOUCH_CONFIG =
      noClasses()
          .that()
          .resideOutsideOfPackage("relay.core.settings..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.typesafe.config..");

  @ArchTest
  static final ArchRule NO_CYCLES = slices().matching("relay.core.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NO_PEKKO_INTERNALS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.pekko..impl..", "org.apache.pekko..internal..");

  @ArchTest
  static final ArchRule ONE_WAY_TO_LOG =
      noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
      noClasses().should().haveNameMatching(".*(Manager|Helper|Util|Utils|Impl)");
}
