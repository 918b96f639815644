using System.Text.Json;
using TsMapSurvey.Maps.Units;

namespace TsMapSurvey.Maps.Tests;

public sealed class UnitTests
{
    [Theory]
    [InlineData("cm-2 s-1 TeV-1", "TeV-1 s-1 cm-2", 1)]
    [InlineData("1 / (cm2 s TeV)", "cm-2 s-1 TeV-1", 1)]
    [InlineData("1/cm2/s/keV", "cm-2 s-1 TeV-1", 1e9)]
    [InlineData("m2 s", "cm2 s", 1e4)]
    [InlineData("m2.s", "cm2 s", 1e4)]
    [InlineData("km**2*h", "m2 s", 3.6e9)]
    [InlineData("sr^-1", "deg-2", Math.PI * Math.PI / 32400)]
    [InlineData("erg", "TeV", 0.6241509074460763)]
    [InlineData("MeV-1 s-1 sr-1", "1/(TeV s sr)", 1e6)]
    [InlineData("arcmin", "deg", 1 / 60.0)]
    [InlineData("", "ct", 1)]
    public void Units_in_the_syntax_of_files_and_astropy_convert(string from, string to, double factor) =>
        Assert.Equal(1, Unit.Parse(from).To(Unit.Parse(to), "value") / factor, 12);

    /// <summary>
    /// Every syntax and nearly every unit of the FITS standard's section 4.3, with the factors of astropy written by units.py.
    /// </summary>
    [Fact]
    public void The_units_of_the_fits_standard_convert_as_in_astropy()
    {
        var rows = JsonDocument.Parse(File.ReadAllText(Repository.Path("tests", "TsMapSurvey.Maps.Tests", "units.json"))).RootElement;
        Assert.InRange(rows.GetArrayLength(), 150, 300);
        foreach (var row in rows.EnumerateArray())
        {
            var (from, to, factor) = (row[0].GetString()!, row[1].GetString()!, row[2].GetDouble());
            var found = Unit.Parse(from).To(Unit.Parse(to), from);
            // Measured constants (solMass, Ry, u) have other values in other editions of CODATA.
            Assert.True(Math.Abs(found / factor - 1) < (from is "solMass" or "Ry" or "u" ? 1e-8 : 1e-13),
                $"'{from}' in '{to}': found {found:R}, expected {factor:R}");
        }
    }

    [Theory]
    [InlineData("Jy / beam", "Jy")]
    [InlineData("adu", "ct")]
    [InlineData("pix", "vox")]
    [InlineData("mag", "")]
    [InlineData("sqrt(m)", "m")]
    [InlineData("K", "eV")]
    public void Units_without_a_conversion_factor_are_incompatible(string from, string to) =>
        Assert.False(Unit.Parse(from).IsCompatibleWith(Unit.Parse(to)));

    [Theory]
    [InlineData("log(Hz)", "log")]
    [InlineData("10**3 ln(TeV)", "ln")]
    [InlineData("exp(s)", "exp")]
    public void A_function_of_a_unit_is_refused_by_name(string text, string function)
    {
        var failure = Assert.Throws<MapException>(() => Unit.Parse(text));
        Assert.Equal(MapError.BadUnit, failure.Error);
        Assert.StartsWith($"'{text}' is the {function} of a unit, which cannot be converted", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("parsec")]
    [InlineData("kmin")]
    [InlineData("ddeg")]
    [InlineData("m-1/2")]
    [InlineData("m**(1/0)")]
    [InlineData("m**(s)")]
    [InlineData("m**")]
    [InlineData("10**400 m")]
    [InlineData("sqrt m")]
    [InlineData("sqrt(m")]
    [InlineData("m..s")]
    [InlineData("m//s")]
    [InlineData("((((((((((((((((((((m))))))))))))))))))))")]
    [InlineData("cm-")]
    [InlineData("(cm2 s")]
    [InlineData("cm2)")]
    [InlineData("/")]
    [InlineData("cm2 /")]
    [InlineData("TeV99")]
    public void Invalid_text_is_quoted_in_the_exception(string text) =>
        Assert.Contains($"'{text}'", Assert.Throws<MapException>(() => Unit.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Units_of_different_things_do_not_convert() =>
        Assert.Equal(
            MapError.UnitMismatch, Assert.Throws<MapException>(() => Unit.Parse("TeV").To(Unit.Parse("deg"), "--kernel-width")).Error);

    [Theory]
    [InlineData("10 GeV", 0.01)]
    [InlineData("1e-22 cm-2 s-1 keV-1", 1e-13)]
    [InlineData("0.2deg", 0.2)]
    [InlineData("1e3eV", 1e-9)]
    public void Quantities_are_a_number_with_a_unit(string text, double value)
    {
        var quantity = Quantity.Parse(text);
        Assert.Equal(1, quantity.Value * quantity.Unit.Scale / value, 12);
    }

    [Theory]
    [InlineData("GeV")]
    [InlineData("ten GeV")]
    [InlineData("1e400 GeV")]
    [InlineData("")]
    public void A_quantity_without_a_number_is_refused(string text) => Assert.Throws<MapException>(() => Quantity.Parse(text));

    [Fact]
    public void A_bare_number_in_a_list_takes_the_next_unit() =>
        Assert.Equal([0.01, 0.1, 1], Quantity.ParseList("10, 100 GeV, 1 TeV").Select(quantity => quantity.In("TeV", "edge"))
            .Select(value => Math.Round(value, 12)));
}
