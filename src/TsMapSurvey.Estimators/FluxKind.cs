using TsMapSurvey.Models;

namespace TsMapSurvey.Estimators;

/// <summary>
/// A way to give a flux, by gammapy's names: the norm, and what the norm is converted into with the model's spectrum
/// (gammapy 2.1, FluxMaps.flux, dnde, eflux, e2dnde and SpectralModel.reference_fluxes). Each has an error, limits and a sensitivity
/// under the same name with a suffix.
/// </summary>
public sealed class FluxKind
{
    private readonly Func<ISpectralModel, double, double, double> _reference;

    private FluxKind(string name, string text, string unit, Func<ISpectralModel, double, double, double> reference) =>
        (Name, Text, Unit, _reference) = (name, text, unit, reference);

    /// <summary>Relative to the model's flux.</summary>
    public static FluxKind Norm { get; } = new("norm", "Norm", "", (_, _, _) => 1);

    /// <summary>Photons between the bin's edges.</summary>
    public static FluxKind Flux { get; } = new("flux", "Flux", "cm-2 s-1", (spectrum, low, high) => spectrum.Integral(low, high));

    /// <summary>All, the norm first.</summary>
    public static IReadOnlyList<FluxKind> All { get; } =
    [
        Norm, Flux,
        new("dnde", "dN/dE", "cm-2 s-1 TeV-1", (spectrum, low, high) => spectrum.Differential(Math.Sqrt(low * high))),
        new("eflux", "Energy flux", "TeV cm-2 s-1", (spectrum, low, high) => spectrum.EnergyIntegral(low, high)),
        new("e2dnde", "E² dN/dE", "TeV cm-2 s-1", (spectrum, low, high) => low * high * spectrum.Differential(Math.Sqrt(low * high))),
    ];

    /// <summary>What a name can end with: nothing, then error, lower and upper error, upper limit, sensitivity.</summary>
    public static IReadOnlyList<string> Suffixes { get; } = ["", "_err", "_errn", "_errp", "_ul", "_sensitivity"];

    public string Name { get; }

    /// <summary>As in running text with a capital.</summary>
    public string Text { get; }

    /// <summary>As FITS writes it; empty for the norm.</summary>
    public string Unit { get; }

    /// <summary>Null for a name that is none of them; capitals count.</summary>
    public static FluxKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>The kind and the suffix of a quantity: <c>dnde_err</c> is dnde and _err. Null for a quantity that is no flux.</summary>
    public static (FluxKind Kind, string Suffix)? Split(string quantity)
    {
        var cut = quantity.IndexOf('_', StringComparison.Ordinal) is var at and > 0 ? at : quantity.Length;
        return Find(quantity[..cut]) is { } kind && Suffixes.Contains(quantity[cut..]) ? (kind, quantity[cut..]) : null;
    }

    /// <summary>What norm 1 is in an energy bin, in <see cref="Unit"/>. dnde and e2dnde are at the geometric middle of the edges.</summary>
    public double OfModel(SkyModel model, double lowTeV, double highTeV) => _reference(model.Spectral, lowTeV, highTeV);
}
