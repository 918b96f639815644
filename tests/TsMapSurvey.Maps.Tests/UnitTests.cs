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
    public void Spellings_of_files_and_astropy_convert(string from, string to, double factor) =>
        Assert.Equal(1, Unit.Parse(from).To(Unit.Parse(to), "value") / factor, 12);

    [Theory]
    [InlineData("parsec")]
    [InlineData("cm-")]
    [InlineData("(cm2 s")]
    [InlineData("cm2)")]
    [InlineData("/")]
    [InlineData("cm2 /")]
    [InlineData("TeV99")]
    public void What_is_no_unit_is_quoted_in_the_error(string text) =>
        Assert.Contains($"'{text}'", Assert.Throws<MapException>(() => Unit.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Units_of_different_things_do_not_convert() =>
        Assert.Equal(MapError.UnitMismatch, Assert.Throws<MapException>(() => Unit.Parse("TeV").To(Unit.Parse("deg"), "--kernel-width")).Error);

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
        Assert.Equal([0.01, 0.1, 1], Quantity.ParseList("10, 100 GeV, 1 TeV").Select(quantity => quantity.In("TeV", "edge")).Select(value => Math.Round(value, 12)));
}
