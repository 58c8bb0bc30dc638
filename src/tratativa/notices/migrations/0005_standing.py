"""One kind more: that a seller's standing came near a limit."""

from django.db import migrations, models

KINDS = ["assigned", "message", "answer", "opened", "deadline", "mention", "task", "standing"]
CHOICES = [
    ("assigned", "Um atendimento passou a ser meu"), ("message", "Mensagem nova em atendimento meu"),
    ("answer", "Uma fila respondeu"), ("opened", "Atendimento novo para a minha equipe"),
    ("deadline", "Um prazo está perto do fim"), ("mention", "Alguém me citou numa anotação"),
    ("task", "Chegou a hora de uma tarefa"), ("standing", "O desempenho chegou perto de um limite"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("notices", "0004_push_failures")]

    operations = [
        migrations.RemoveConstraint(model_name="choice", name="choice_known"),
        migrations.RemoveConstraint(model_name="notice", name="notice_kind_known"),
        migrations.AlterField("choice", "kind", models.CharField(choices=CHOICES, max_length=10)),
        migrations.AlterField("notice", "kind", models.CharField(choices=CHOICES, max_length=10)),
        migrations.AddConstraint(
            model_name="choice",
            constraint=models.CheckConstraint(
                condition=models.Q(("email__in", ["none", "once", "digest"]), ("kind__in", KINDS)), name="choice_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", KINDS)), name="notice_kind_known"),
        ),
    ]
