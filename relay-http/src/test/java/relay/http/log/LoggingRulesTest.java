package relay.http.log;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Parity 219: whoever logs does so with the closed list of keys. */
@AnalyzeClasses(packages = "relay", importOptions = ImportOption.DoNotIncludeTests.class)
class LoggingRulesTest {

  @ArchTest
  static final ArchRule ONLY_THE_EVENT_LOG_WRITES =
      noClasses()
          .that()
          .resideOutsideOfPackages("relay.core.log..", "relay.http.log..", "relay.http.app..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.slf4j..", "ch.qos.logback..");
}
