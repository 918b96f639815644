using System.Text;

namespace TsMapSurvey.Plots;

/// <summary>Formats units with superscripts: <c>cm-2 s-1</c> becomes cm⁻² s⁻¹.</summary>
internal static class UnitText
{
    private const string Digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    internal static string Pretty(string unit)
    {
        var text = new StringBuilder(unit.Length);
        var previous = ' ';
        var raised = false;
        foreach (
            var letter in unit.Replace("**", "", StringComparison.Ordinal).Replace("^", "", StringComparison.Ordinal).Replace('.', ' '))
        {
            var starts = char.IsLetter(previous) && (letter is '-' or '+' || char.IsAsciiDigit(letter));
            raised = starts || (raised && char.IsAsciiDigit(letter));
            if (!(raised && letter == '+')) text.Append(raised ? Raised(letter) : letter);
            previous = letter;
        }

        return text.ToString();
    }

    internal static string Superscript(int number) =>
        string.Concat(number.ToString(System.Globalization.CultureInfo.InvariantCulture).Select(Raised));

    private static char Raised(char letter) => letter == '-' ? '⁻' : Digits[letter - '0'];
}
