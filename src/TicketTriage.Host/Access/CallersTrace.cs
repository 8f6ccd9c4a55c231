using System.Diagnostics;

namespace TicketTriage.Host.Access;

/// <summary>
/// Goes on with a caller's trace, and takes nothing else that is sent along: baggage is whatever a caller says of somebody, and would be handed on to
/// helpdesks and models.
/// </summary>
internal sealed class CallersTrace : DistributedContextPropagator
{
    private readonly DistributedContextPropagator usual = CreateW3CPropagator();

    public override IReadOnlyCollection<string> Fields => usual.Fields;

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) => usual.Inject(activity, carrier, setter);

    public override void ExtractTraceIdAndState(
        object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
        usual.ExtractTraceIdAndState(carrier, getter, out traceId, out traceState);

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
