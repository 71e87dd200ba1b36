import java.io.File;
import java.io.InputStream;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.flavours.PDFAFlavour.Specification;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Holds PDFs against veraPDF's profile of PDF/UA-1. Tells each breach, then how many rules and
 * checks it was: `java -cp JAR PdfUa.java FILE...`.
 */
public class PdfUa {
  static final PDFAFlavour STANDARD = PDFAFlavour.PDFUA_1;
  static final String PROFILE = "/org/verapdf/pdfa/validation/PDFUA-1.xml";
  static final int MOST = 20; // breaches of one rule that are told

  public static void main(String[] files) throws Exception {
    Logger.getLogger("").setLevel(Level.OFF);
    VeraGreenfieldFoundryProvider.initialise();
    ValidationProfile profile = profile();
    for (String file : files) {
      try (var parser = Foundries.defaultInstance().createParser(new File(file), STANDARD);
          var validator =
              Foundries.defaultInstance().createValidator(profile, MOST, false, false, false)) {
        var result = validator.validate(parser);
        for (TestAssertion one : result.getTestAssertions()) {
          if (one.getStatus() != TestAssertion.Status.FAILED) continue;
          var rule = one.getRuleId();
          var place = one.getLocation().getContext();
          System.out.printf(
              "%s\t%s-%d\t%s\t%s%n",
              file, rule.getClause(), rule.getTestNumber(), one.getMessage(), place);
        }
        System.out.printf(
            "%s\t%s\t%d rules\t%d checks%n",
            file,
            result.isCompliant() ? "conforms" : "fails",
            profile.getRules().size(),
            result.getTotalAssertions());
      }
    }
  }

  /** Reads the profile by hand: the jar lacks the library (JAXB) that veraPDF reads it with. */
  static ValidationProfile profile() throws Exception {
    Set<Rule> rules = new HashSet<>();
    Set<Variable> variables = new HashSet<>();
    try (InputStream in = Foundries.class.getResourceAsStream(PROFILE)) {
      var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      Element root = builder.parse(in).getDocumentElement();
      NodeList found = root.getElementsByTagName("rule");
      for (int i = 0; i < found.getLength(); i++) rules.add(rule((Element) found.item(i)));
      found = root.getElementsByTagName("variable");
      for (int i = 0; i < found.getLength(); i++) {
        Element one = (Element) found.item(i);
        variables.add(
            Profiles.variableFromValues(
                one.getAttribute("name"),
                one.getAttribute("object"),
                text(one, "defaultValue"),
                text(one, "value")));
      }
    }
    var details = Profiles.profileDetailsFromValues("PDF/UA-1", "", "", new Date());
    return Profiles.profileFromValues(STANDARD, details, "", rules, variables);
  }

  static Rule rule(Element one) {
    Element id = (Element) one.getElementsByTagName("id").item(0);
    var named =
        Profiles.ruleIdFromValues(
            Specification.valueOf(id.getAttribute("specification")),
            id.getAttribute("clause"),
            Integer.parseInt(id.getAttribute("testNumber")));
    return Profiles.ruleFromValues(
        named,
        one.getAttribute("object"),
        one.hasAttribute("deferred") ? Boolean.valueOf(one.getAttribute("deferred")) : null,
        one.getAttribute("tags"),
        text(one, "description"),
        text(one, "test"),
        Profiles.errorFromValues(text(one, "message"), List.of()),
        List.of());
  }

  static String text(Element one, String name) {
    return one.getElementsByTagName(name).item(0).getTextContent();
  }
}
